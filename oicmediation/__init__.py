"""The composition root: settings, routes, Celery app, schedule and runtime. No rules."""
