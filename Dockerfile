# Fonts and other front-end files, from packages pinned with their integrity.
FROM node:24-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# The virtual environment: the pinned requirements and nothing that only development needs.
FROM python:3.11-slim AS environment
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --no-input -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=oicmediation.settings.production \
    OIC_STATE_DIR=/var/lib/oic-mediation \
    STATIC_ROOT=/app/collected
RUN useradd --system --uid 10001 --no-create-home oic \
    && install --directory --owner oic --group oic --mode 0700 /var/lib/oic-mediation
WORKDIR /app
COPY --from=environment /venv /venv
COPY . .
COPY --from=frontend /build/node_modules node_modules
# Static files and catalogues belong to the image; the values here serve this one line only.
RUN python -m scripts.frontend \
    && python scripts/compile_catalogues.py \
    && SECRET_KEY=build DATABASE_URL=postgres:///build REDIS_URL=redis://build \
       ALLOWED_HOSTS=build EMAIL_URL=dummymail:// DEFAULT_FROM_EMAIL=build@build.invalid \
       python manage.py collectstatic --no-input \
    && rm -rf node_modules
USER 10001
VOLUME /var/lib/oic-mediation
EXPOSE 8000
CMD ["gunicorn", "--config", "python:oicmediation.runtime.gunicorn_config"]
