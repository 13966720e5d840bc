"""Forms of the dispute file; each field is named as the service's argument."""
