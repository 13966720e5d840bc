"""The world of a file with one of everything, for all of the API."""

from tests.cases.api.conftest import orvana_user as orvana_user
from tests.cases.api.conftest import world as world
from tests.cases.api.test_hidden_is_absent import keys as keys
