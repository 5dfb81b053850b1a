package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.RedisSettings;
import io.eventstream.testing.Port;
import io.eventstream.testing.RedisServer;
import io.eventstream.testing.WithoutServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://}, with what the JVM trusts. */
@WithoutServer
class RedisTlsIT {

    private static final String PASSWORD = "changeit";
    private static final String TRUSTED = "javax.net.ssl.trustStore";

    @TempDir
    private Path directory;

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED + "Password");
    }

    private void trust(Path store) {
        System.setProperty(TRUSTED, store.toString());
        System.setProperty(TRUSTED + "Password", PASSWORD);
    }

    /** Makes a certificate for an address: in a key store, and in two files as Redis wants it. */
    private Path certificate(String address) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("redis.p12");
        int ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=ip:" + address,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(ended).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem("redis.crt", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(
                "redis.key",
                "PRIVATE KEY",
                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        return store;
    }

    private void pem(String file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private RedisServer server(Port port) {
        return new RedisServer(
                "--tls-port",
                port.toString(),
                "--tls-cert-file",
                directory.resolve("redis.crt").toString(),
                "--tls-key-file",
                directory.resolve("redis.key").toString(),
                "--tls-auth-clients",
                "no");
    }

    private static RedisSettings settings(Port port) {
        return new RedisSettings("rediss://127.0.0.1:" + port, "eventstream", Duration.ofSeconds(5));
    }

    @Test
    void worksWithACertificateThatIsTrusted() throws Exception {
        trust(certificate("127.0.0.1"));

        try (var port = RedisServer.claimPort();
                var server = server(port);
                var storage = RedisEventStorage.open(settings(port))) {
            assertThat(server.command("PING")).isEqualTo("+PONG");
            assertThat(storage.heads(List.of("a"))).hasSize(1);
        }
    }

    @Test
    void refusesACertificateThatIsNot() throws Exception {
        certificate("127.0.0.1");

        try (var port = RedisServer.claimPort();
                var server = server(port)) {
            assertThat(server.command("PING")).isEqualTo("+PONG");
            assertThatThrownBy(() -> RedisEventStorage.open(settings(port)))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasStackTraceContaining("SSLHandshakeException");
        }
    }

    @Test
    void refusesACertificateThatIsAnotherServers() throws Exception {
        trust(certificate("127.0.0.2"));

        try (var port = RedisServer.claimPort();
                var server = server(port)) {
            assertThat(server.command("PING")).isEqualTo("+PONG");
            assertThatThrownBy(() -> RedisEventStorage.open(settings(port)))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasStackTraceContaining("127.0.0.1");
        }
    }
}
