"""People and the systems that act for them."""

from accounts.models.delegations import Delegation
from accounts.models.tokens import ApiToken, Invitation
from accounts.models.users import RoleChange, Unit, User

__all__ = ["ApiToken", "Delegation", "Invitation", "RoleChange", "Unit", "User"]
