# One image for web, worker and Flower; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MEDIA_BASE_PATH=/media

WORKDIR /srv/export-service

COPY requirements/tools.txt requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/tools.txt \
    && uv pip sync --system --no-cache --require-hashes requirements/runtime.txt

COPY pyproject.toml README.md LICENSE ./
COPY config_schema config_schema
COPY export_service export_service
COPY worker worker
# The build backend came with requirements/runtime.txt; nothing is fetched here.
RUN uv pip install --system --no-cache --no-deps --no-build-isolation . \
    && useradd --system --uid 10001 exporter \
    && install -d -o exporter -g exporter /media /media/sources /media/exports

USER exporter
WORKDIR /media
VOLUME /media
EXPOSE 8000
CMD ["gunicorn", "--config", "python:export_service.gunicorn", "export_service:create_app()"]
