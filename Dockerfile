# The service and the command line on Node, in one image. The version is that of the dev dependency
# `node` in package.json. Install scripts do not run: no dependency needs one.
FROM node:24.21.0-slim AS locked
WORKDIR /app
COPY package.json package-lock.json ./

FROM locked AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json .swcrc ./
COPY events events
COPY libs libs
COPY projections projections
COPY apps apps
RUN npm run build

FROM locked AS production
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-slim AS service
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    LEDGER_URL=sqlite:/data/ledger.db \
    VIEWS_URL=sqlite:/data/views.db \
    ADAMANT_DATA=/data
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=production /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN install -d -o node -g node -m 0700 /data \
 && ln -s /app/dist/apps/cli/main.js /usr/local/bin/adamant
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Only whether the process answers: views that catch up are no reason to restart it.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=24 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/ledger/main.js"]
