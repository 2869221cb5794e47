# Dragoman in a container. From this folder: `docker build -t dragoman .`, or see compose.yaml.
# Neither a desk nor a secret is in the image: the desk is a volume, secrets come with the environment.

FROM python:3.11-slim-bookworm AS build
# Extras of the package, such as "data" or "data,mcp".
ARG EXTRAS=""
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE NOTICE CHANGELOG.md ./
COPY dragoman dragoman
RUN python -m venv /opt/dragoman
# What is needed to run, in the versions of the lock; a file of another digest than it names ends the
# build. uv compares digests of constraints, pip does not. Only `ray` is not in the lock.
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.txt && pip install --no-cache-dir --require-hashes -r uv.txt
RUN uv pip install --no-cache --python /opt/dragoman/bin/python --constraint requirements.lock \
    --build-constraint requirements.lock ".${EXTRAS:+[$EXTRAS]}"

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Dragoman" \
      org.opencontainers.image.description="A self-hosted news desk for world affairs" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/dragoman /opt/dragoman
RUN useradd --system --uid 10001 --home-dir /desk --shell /usr/sbin/nologin dragoman \
    && install --directory --owner=dragoman --group=dragoman --mode=0700 /desk
# What SQLite writes beside a desk that it makes anew is as large as that: not for a /tmp in memory.
ENV PATH=/opt/dragoman/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DRAGOMAN_HOME=/desk \
    DRAGOMAN_LOG=json \
    SQLITE_TMPDIR=/desk
USER 10001
WORKDIR /desk
VOLUME /desk
EXPOSE 8000
ENTRYPOINT ["dragoman"]
CMD ["--help"]
