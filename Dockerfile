# One image for web, worker and Flower; docker-compose.yml says which is which.
#
#   docker build -t multicam-export-service .
#   docker build --build-arg FFMPEG=debian --build-arg FFMPEG_VERSION=7:5.1.6-0+deb12u1 ...
#
# FFMPEG=bundled is the FFmpeg that requirements/runtime.txt pins; FFMPEG=debian is the
# distribution's, of FFMPEG_VERSION where it is given.

ARG FFMPEG=bundled

FROM python:3.11-slim-bookworm AS build
# Trust whom the image trusts: many networks have a certificate of their own.
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_SYSTEM_CERTS=true
WORKDIR /src
COPY requirements/tools.txt requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/tools.txt \
    && python -m venv --without-pip /opt/export \
    && uv pip sync --python /opt/export/bin/python --no-cache --require-hashes requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY config_schema config_schema
COPY export_service export_service
COPY worker worker
# The build backend came with requirements/runtime.txt; nothing is fetched here.
RUN uv pip install --python /opt/export/bin/python --no-cache --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm AS ffmpeg-bundled

FROM python:3.11-slim-bookworm AS ffmpeg-debian
ARG FFMPEG_VERSION=
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends "ffmpeg${FFMPEG_VERSION:+=$FFMPEG_VERSION}" \
    && rm -rf /var/lib/apt/lists/*
ENV EXPORT_FFMPEG=/usr/bin/ffmpeg

# hadolint ignore=DL3006
FROM ffmpeg-${FFMPEG}
ENV PATH=/opt/export/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MEDIA_BASE_PATH=/media \
    HOME=/tmp
RUN useradd --system --no-create-home --uid 10001 exporter \
    && install -d -o exporter -g exporter /media /media/sources /media/exports
COPY --from=build /opt/export /opt/export
USER 10001
WORKDIR /media
VOLUME /media
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--config", "python:export_service.gunicorn", "export_service:create_app()"]
