"""Everything on one machine: embedded servers, and a supervisor of the web, worker and beat."""
