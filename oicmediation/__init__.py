"""The composition root: settings, routes, the Celery app, its schedule and the runtime. No rules."""
