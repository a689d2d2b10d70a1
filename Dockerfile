# The same code and the same locks as `make install`, for real servers.
FROM node:24-bookworm-slim AS styles
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm AS site
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/site/.venv/bin:$PATH
# What WeasyPrint sets decision records with.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY requirements.lock ./
RUN python -m venv .venv \
 && pip install --no-cache-dir --no-deps --only-binary :all: --require-hashes -r requirements.lock
COPY --from=styles /site/node_modules ./node_modules
COPY manage.py ./
COPY jcm ./jcm
COPY apps ./apps
COPY templates ./templates
COPY locale ./locale
RUN useradd --system --home-dir /site --shell /usr/sbin/nologin site \
 && install -d -o site /site/var \
 && python -P jcm/translations.py \
 && SECRET_KEY=build STATIC_COLLECTED=yes python manage.py collectstatic --noinput --verbosity 0
USER site
ENV STATIC_COLLECTED=yes
VOLUME /site/var
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "jcm.wsgi:application"]
