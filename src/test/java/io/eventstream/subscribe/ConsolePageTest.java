package io.eventstream.subscribe;

import static io.eventstream.config.ConfigFixtures.config;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.channel.ChannelFixtures;
import io.eventstream.http.HttpFixtures;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConsolePageTest {

    private final ConsolePage page = page();

    private static ConsolePage page(String... settings) {
        return new ConsolePage(ChannelFixtures.token(config(settings)), config(settings));
    }

    @Nested
    class TheSettings {

        @Test
        void areWhatTheScriptNeeds() {
            JsonObject settings = settings(page.html("/events?channel=b", "/events", List.of("b")));

            assertThat(settings.getString("stream")).isEqualTo("/events?channel=b");
            assertThat(settings.getString("events")).isEqualTo("/events");
            assertThat(settings.getJsonArray("channels").getValuesAs(JsonString::getString))
                    .containsExactly("b");
            assertThat(settings.getString("token")).isEmpty();
            assertThat(settings.getString("version")).isNotEmpty();
        }

        @Test
        void sayWhetherTheServerCountsListeners() {
            assertThat(settings(page.html("", "/events", List.of())).getBoolean("presence"))
                    .isFalse();
            assertThat(settings(page("eventstream.presence", "count").html("", "/events", List.of()))
                            .getBoolean("presence"))
                    .isTrue();
        }

        @Test
        void cannotEndTheScriptElement() {
            String hostile = "</script><script>alert(1)</script><!--<script>";
            String html = page.html("/events?channel=" + hostile, "/events", List.of(hostile));

            assertThat(element(html, "<script type=\"application/json\" id=\"settings\">", "</script>"))
                    .doesNotContain("<");
            assertThat(html).doesNotContain("alert(1)<").doesNotContain(hostile);
            assertThat(settings(html).getString("stream")).isEqualTo("/events?channel=" + hostile);
            assertThat(settings(html).getJsonArray("channels").getString(0)).isEqualTo(hostile);
        }

        @Test
        void haveTheTokenInDevelopmentAlone() {
            var development = page("eventstream.development", "true", "eventstream.publish.token", "s3cret");
            var production = page("eventstream.publish.token", "s3cret");

            assertThat(settings(development.html("", "/events", List.of())).getString("token"))
                    .isEqualTo("s3cret");
            assertThat(production.html("", "/events", List.of())).doesNotContain("s3cret");
        }

        @Test
        void stayWhatTheyAreThoughTheyLookLikeAMark() {
            assertThat(settings(page.html("{settings}", "$1\\", List.of())).getString("stream"))
                    .isEqualTo("{settings}");
        }
    }

    @Nested
    class ThePolicy {

        private final String html = page.html("/events?channel=b", "/events", List.of("b"));
        private final String policy = page.headers().get("Content-Security-Policy");

        @Test
        void namesTheScriptAsItStandsInThePage() {
            assertThat(policy)
                    .contains("script-src " + hash(element(html, "<script type=\"module\">", "</script>")) + ";");
        }

        @Test
        void namesTheStyleAsItStandsInThePage() {
            assertThat(policy).contains("style-src " + hash(element(html, "<style>", "</style>")) + ";");
        }

        @Test
        void allowsNothingElse() {
            assertThat(policy)
                    .startsWith("default-src 'none'; ")
                    .endsWith("; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }

        /** Their hashes would not be those that a browser computes, which reads CRLF as LF. */
        @Test
        void isForAPageWithoutCarriageReturns() {
            assertThat(html).doesNotContain("\r");
        }

        /** Two would be two hashes, and names of one would not be known in the other. */
        @Test
        void isForOneScriptOfTwoFiles() {
            assertThat(element(html, "<script type=\"module\">", "</script>"))
                    .contains("function publish(", "function readStored(")
                    .doesNotContain("{console");
        }

        @Test
        void isForAPageWithoutScriptOrStyleInItsAttributes() {
            assertThat(html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", ""))
                    .doesNotContainPattern("<[^>]*\\s(style|on\\w+)=");
        }
    }

    @Nested
    class TheResponse {

        private final Response response = page.response(
                Exchanges.get("events?channel=a%20b&x=%3C", "Accept", "text/html")
                        .uri(),
                List.of("a b"));

        @Test
        void isHtmlThatIsNotKept() {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getMediaType().toString()).isEqualToIgnoringCase("text/html;charset=UTF-8");
            assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
            assertThat(response.getHeaderString("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.getHeaderString("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(response.getHeaderString("Vary")).isEqualTo("Accept");
            assertThat(response.getHeaderString("Content-Security-Policy"))
                    .isEqualTo(page.headers().get("Content-Security-Policy"));
        }

        @Test
        void showsTheStreamAtTheSameAddress() {
            JsonObject settings = settings((String) response.getEntity());

            assertThat(settings.getString("stream")).isEqualTo("/app/api/events?channel=a%20b&x=%3C");
            assertThat(settings.getString("events")).isEqualTo("/app/api/events");
        }

        @Test
        void showsAStreamWithoutAQueryToo() {
            Response without = page.response(HttpFixtures.get("events/news").getUriInfo(), List.of("news"));

            assertThat(settings((String) without.getEntity()).getString("stream"))
                    .isEqualTo("/app/api/events/news");
        }
    }

    private static JsonObject settings(String html) {
        String json = element(html, "<script type=\"application/json\" id=\"settings\">", "</script>");
        return Json.createReader(new StringReader(json)).readObject();
    }

    /** The content of the one element that begins so. */
    private static String element(String html, String begin, String end) {
        Matcher matcher = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(html);
        assertThat(matcher.find()).as(begin).isTrue();
        String content = matcher.group(1);
        assertThat(matcher.find()).as("another " + begin).isFalse();
        return content;
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
