# The image of audits that run by themselves: docs/scheduled.md says how it is built, pushed and deployed.
# What it may be built from is one name with a tag; a digest behind it makes builds repeatable:
#   docker build --build-arg PYTHON=python:3.13-slim-bookworm@sha256:… .
ARG PYTHON=python:3.13-slim-bookworm

FROM ${PYTHON} AS packages
WORKDIR /app
COPY requirements-image.lock ./
RUN python -m venv /app/venv \
    && /app/venv/bin/pip --disable-pip-version-check --no-cache-dir install \
        --require-hashes --only-binary :all: --requirement requirements-image.lock

FROM ${PYTHON}
RUN groupadd --system --gid 10001 auditor \
    && useradd --system --uid 10001 --gid auditor --no-create-home --home-dir /scratch auditor \
    && install --directory --owner=auditor --group=auditor --mode=0700 /scratch
WORKDIR /app
COPY --from=packages /app/venv /app/venv
COPY LICENSE Pulumi.yaml ./
COPY bucketwright bucketwright
COPY audits audits
COPY cli cli
COPY stacks stacks
ENV PATH=/app/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    HOME=/scratch \
    TMPDIR=/scratch
# A volume that is mounted there empty belongs to whoever the image says; nothing else can be written to.
VOLUME ["/scratch"]
USER 10001:10001
HEALTHCHECK NONE
ENTRYPOINT ["python", "-m", "bucketwright"]
CMD ["--help"]
