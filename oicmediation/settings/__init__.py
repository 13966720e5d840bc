"""Settings: base, development, test, production. Only this package reads the environment."""
