package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testing.Browser;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.Hub;
import io.eventstream.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The hub's console page, in a browser. */
@ContainerTest
class ConsoleIT {

    private static final String TOKEN = "token-of-the-test";

    private static Deployed hub;
    private static Browser browser;

    @BeforeAll
    static void open(Container container) {
        browser = Browser.open();
        hub = container.deploy(Hub.war("hub", Map.of("eventstream.publish.token", TOKEN)));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    @BeforeEach
    void visit() {
        browser.visit(hub.at("/events?channel=console"));
        await("the stream is live")
                .until(() -> "live".equals(browser.element("state").getDomAttribute("data-state")));
    }

    @AfterEach
    void nothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static void publish(String type, String data) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sf",
                        "-H",
                        "Authorization: Bearer " + TOKEN,
                        "-H",
                        "Content-Type: text/plain",
                        "--data-raw",
                        data,
                        hub.at("/events/console?type=" + type).toString())
                .start();
        assertThat(curl.waitFor()).isZero();
    }

    private static List<String> shown() {
        return browser.elements("event-data").stream().map(WebElement::getText).toList();
    }

    @Test
    void showsAnEventThatCurlPublished() throws IOException, InterruptedException {
        publish("greeting", "hello from curl");
        await().until(() -> shown().contains("hello from curl"));

        assertThat(browser.element("event").getDomAttribute("data-type")).isEqualTo("greeting");
        assertThat(browser.element("count").getText()).isEqualTo("1");
    }

    @Test
    void showsMarkupAsTextAndRunsNoneOfIt() throws IOException, InterruptedException {
        String markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        publish("%3Cb%3Etype", markup);
        await().until(() -> shown().contains(markup));

        assertThat(browser.run("return document.title")).isEqualTo("EventStream");
        assertThat(browser.run("return document.querySelectorAll('main img, main script, main b').length"))
                .isEqualTo(0L);
    }

    @Test
    void filtersByType() throws IOException, InterruptedException {
        publish("wanted", "one");
        publish("other", "two");
        await().until(() -> shown().size() == 2);
        browser.element("filter").sendKeys("wanted");

        await().until(() -> shown().equals(List.of("one")));
    }

    @Test
    void holdsEventsBackWhilePaused() throws IOException, InterruptedException {
        browser.element("pause").click();
        publish("message", "late");
        await().until(() -> browser.element("pause").getText().contains("1"));
        assertThat(shown()).isEmpty();
        browser.element("pause").click();

        await().until(() -> shown().equals(List.of("late")));
    }

    @Test
    void forgetsWhatIsCleared() throws IOException, InterruptedException {
        publish("message", "gone");
        await().until(() -> shown().equals(List.of("gone")));
        browser.element("clear").click();

        await().until(() -> shown().isEmpty());
    }

    @Test
    void publishesWithTheToken() {
        fill("publish-channel", "console");
        fill("publish-type", "from-page");
        fill("publish-data", "{\"text\": \"hello\"}");
        fill("publish-token", TOKEN);
        browser.element("publish-button").click();

        await().until(() -> browser.element("publish-result").getText().startsWith("published"));
        await().until(() -> browser.elements("event").stream()
                .anyMatch(event -> "from-page".equals(event.getDomAttribute("data-type"))));
    }

    @Test
    void saysWhyItMayNotPublish() {
        fill("publish-channel", "console");
        fill("publish-token", "wrong");
        browser.element("publish-button").click();

        await().until(() -> browser.element("publish-result").getText().startsWith("401"));
        // The browser itself notes each failed request.
        assertThat(browser.complaints()).hasSize(1).first().asString().contains("401");
    }

    @Test
    void saysThatNothingOfAnUnreliableChannelIsStored() {
        fill("publish-token", TOKEN);
        browser.element("stored-opener").click();

        await().untilAsserted(() -> assertThat(browser.element("stored-state").getText())
                .isEqualTo("The channel console is not reliable, so nothing of it is stored"));
        assertThat(browser.complaints()).hasSize(1).first().asString().contains("404");
    }

    @Test
    void asksForTheTokenBeforeItShowsWhatIsStored() {
        browser.element("stored-opener").click();

        await().until(() -> browser.element("stored-token").isDisplayed());
        assertThat(browser.complaints()).hasSize(1).first().asString().contains("401");
    }

    @Test
    void showsHowManyListenOnceItHasTheToken(Container container) throws IOException {
        Path file = Path.of(System.getProperty("eventstream.it.directory"), "console-listeners.png");
        try (Deployed counting = container.deploy(Hub.war(
                        "hub-presence", Map.of("eventstream.publish.token", TOKEN, "eventstream.presence", "count")));
                RawHttp other = RawHttp.get(counting.base(), "/events/console").awaitOpen()) {
            browser.visit(counting.at("/events?channel=console"));
            await().until(() -> "live".equals(browser.element("state").getDomAttribute("data-state")));
            assertThat(browser.element("listeners").getText()).isEmpty();
            fill("publish-token", TOKEN + Keys.TAB);
            await().until(() -> browser.element("listeners").getText().equals("2 listening"));
            assertThat(other.ended()).isFalse();
            browser.screenshot("light", file);
            // Or the page would complain of the hub's end.
            browser.visit(hub.at("/events?channel=console"));
        }
        assertThat(file).isNotEmptyFile();
    }

    private static void fill(String testId, String text) {
        WebElement field = browser.element(testId);
        field.clear();
        field.sendKeys(text);
    }

    @Test
    void looksWellInBothColourSchemes() throws IOException, InterruptedException {
        publish("message", "{\"text\":\"hello\",\"numbers\":[1,2,3]}");
        publish("warning", "several\nlines\nof text");
        await().until(() -> shown().size() == 2);
        Path directory = Path.of(System.getProperty("eventstream.it.directory"));

        for (String scheme : List.of("light", "dark")) {
            browser.screenshot(scheme, directory.resolve("console-" + scheme + ".png"));
            assertThat(directory.resolve("console-" + scheme + ".png")).isNotEmptyFile();
        }
    }
}
