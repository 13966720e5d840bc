"""People and the systems that act for them."""

from accounts.models.absences import Absence, FeedToken
from accounts.models.delegations import Delegation
from accounts.models.tokens import ApiToken, Invitation
from accounts.models.users import RoleChange, Unit, User

__all__ = [
    "Absence",
    "ApiToken",
    "Delegation",
    "FeedToken",
    "Invitation",
    "RoleChange",
    "Unit",
    "User",
]
