# The commands are those of the Makefile: a virtual environment, uv, what uv.lock names.
FROM python:3.11-slim AS build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/allied-pledges
WORKDIR /src
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-install-project --no-cache
COPY app app
COPY templates templates
COPY static static
COPY seed seed
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-editable --no-cache

FROM python:3.11-slim
ENV PATH=/opt/allied-pledges/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATABASE_URL=sqlite:////data/allied-pledges.sqlite
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin pledges \
    && mkdir /data \
    && chown pledges:pledges /data
COPY --from=build /opt/allied-pledges /opt/allied-pledges
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["allied-pledges"]
CMD ["serve"]
