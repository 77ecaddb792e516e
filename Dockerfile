# The image of longcat-mock: what npm would install, on a small Node.js, as nobody in particular.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node build.mjs \
  && npm pack --ignore-scripts --pack-destination /tmp \
  && mkdir /package \
  && tar -xzf /tmp/longcat-mock-*.tgz --strip-components=1 -C /package

FROM node:${NODE_VERSION}-slim
ARG VERSION=
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="longcat-mock" \
  org.opencontainers.image.description="A local stand-in for the LongCat API" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.source="${SOURCE}"
COPY --from=build /package /opt/longcat-mock
RUN ln -s /opt/longcat-mock/dist/cli.js /usr/local/bin/longcat-mock \
  && mkdir /fixtures /cassettes \
  && chown 1000:1000 /cassettes
# Recordings are looked for in ./cassettes, once somebody asks for them.
WORKDIR /
ENV LONGCAT_MOCK_HOST=0.0.0.0 \
  LONGCAT_MOCK_FIXTURES=/fixtures
# The user "node", as a number: Kubernetes can then tell that it is not root.
USER 1000:1000
EXPOSE 4010
STOPSIGNAL SIGTERM
# Reads the same variables as the server, so it follows LONGCAT_MOCK_PORT.
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --start-interval=0.2s --retries=3 \
  CMD ["longcat-mock", "health"]
ENTRYPOINT ["longcat-mock"]
