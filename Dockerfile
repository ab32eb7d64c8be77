# One image for web, worker and migrate: Python, the packages that requirements.lock names by hash, and the house. No compiler, no root.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS packages
COPY requirements.lock /
RUN python -m venv /opt/verbund \
    && /opt/verbund/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: \
        -r /requirements.lock \
    && /opt/verbund/bin/pip uninstall --yes pip

FROM python:${PYTHON}-slim
COPY --from=packages /opt/verbund /opt/verbund
COPY network /srv/verbund/network
COPY mailing /srv/verbund/mailing
COPY templates /srv/verbund/templates
WORKDIR /srv/verbund
ENV PATH=/opt/verbund/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VERBUND_DATA=/data HOST=0.0.0.0 PORT=8000
RUN python -m compileall -q network mailing \
    && install -d -o 10001 -g 10001 -m 0700 /data /backups
USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "network", "serve"]
