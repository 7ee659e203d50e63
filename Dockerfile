# One image for the api, the workers and one-shot commands; the command decides what it is.
FROM python:3.11.13-slim-bookworm AS pages
WORKDIR /app
COPY requirements-demo.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-demo.lock
COPY web ./web
RUN python -m web build

FROM python:3.11.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app postroad && mkdir /data && chown postroad /data

# The packages change seldom, the code often: in this order a build mostly reuses the layer below.
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY LICENSE README.md ./
COPY postroad ./postroad
COPY workflows ./workflows
COPY activities ./activities
COPY workers ./workers
COPY api ./api
COPY --from=pages /app/api/static ./api/static
COPY sandbox ./sandbox
COPY processes ./processes

USER postroad
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
CMD ["python", "-m", "api"]
