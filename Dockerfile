# The image of web and worker: Python, the locked dependencies, the code, the static files.
FROM python:3.13-slim AS dependencies
ARG REQUIREMENTS=requirements.lock
COPY ${REQUIREMENTS} requirements.lock
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/static \
    VAR_DIR=/var/lib/reviewapp
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin reviewapp \
 && install --directory --owner=10001 --mode=700 /var/lib/reviewapp
COPY --from=dependencies /venv /venv
WORKDIR /app
COPY manage.py ./
COPY reviewapp reviewapp
COPY papers papers
COPY templates templates
COPY static static
COPY locale locale
# The key is for this command alone, which signs nothing.
RUN python -m compileall -q papers reviewapp \
 && SECRET_KEY=collecting python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "python:reviewapp.gunicorn_conf"]
