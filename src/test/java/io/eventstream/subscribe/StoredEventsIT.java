package io.eventstream.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testing.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the console page shows of stored events, in a browser, with answers that no server needs to give. */
class StoredEventsIT {

    private static Browser browser;

    private final CannedHistory history = new CannedHistory();

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void forgetComplaints() {
        browser.complaints();
    }

    @AfterEach
    void stop() {
        history.close();
    }

    private void openFor(String... channels) {
        browser.visit(history.page(channels));
        click("stored-opener");
    }

    private static void click(String testId) {
        browser.element(testId).click();
    }

    private static String told() {
        return browser.element("stored-state").getText();
    }

    private static void awaitTold(String begin) {
        await().untilAsserted(() -> assertThat(told()).startsWith(begin));
    }

    private static void awaitState(String state) {
        await().untilAsserted(() -> assertThat(browser.element("stored-state").getDomAttribute("data-state"))
                .isEqualTo(state));
    }

    private static List<Boolean> enabled() {
        return List.of("stored-older", "stored-newer", "stored-newest").stream()
                .map(button -> browser.element(button).isEnabled())
                .toList();
    }

    private static Object shown() {
        return browser.run("return document.querySelectorAll('[data-testid=stored-events] > li').length");
    }

    private static String event(int id) {
        return (String) browser.run(
                "return [...document.querySelectorAll('[data-testid=stored-events] > li')]"
                        + ".find(event => event.textContent.includes('id ' + arguments[0])).innerText",
                id);
    }

    private static void name(String channel) {
        WebElement field = browser.element("stored-channel");
        field.clear();
        field.sendKeys(channel);
        click("stored-show");
    }

    @Test
    void areNotAskedForUntilSomebodyOpensThem() {
        browser.visit(history.page("news"));
        assertThat(browser.element("stored").isDisplayed()).isFalse();
        assertThat(history.asked()).isEmpty();
        click("stored-opener");
        awaitTold("Events 1135 to 1234 of 1 to 1234, read at ");

        assertThat(history.asked()).containsExactly("/events/news/history");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void areShownLikeLiveOnesNewestFirst() {
        openFor("news");
        awaitTold("Events 1135 to 1234");

        assertThat(shown()).isEqualTo(100L);
        assertThat(event(1231)).contains("note", "2026", "{\n  \"number\": 1231.0\n}");
        assertThat(event(1232)).contains("<img src=x onerror");
        assertThat(event(1233)).contains("Show all 5,000 characters").hasSizeLessThan(2_200);
        assertThat(event(1234)).contains("not for al, bob");
        assertThat(browser.elements("event").get(0).getText()).contains("id 1234");
        assertThat(browser.run("return document.title")).isEqualTo("EventStream");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void arePagedToTheOldestAndBack() {
        history.stored(1000, 1234);
        openFor("news");
        awaitTold("Events 1135 to 1234 of 1000 to 1234");
        assertThat(enabled()).containsExactly(true, false, false);
        click("stored-older");
        awaitTold("Events 1035 to 1134 of 1000 to 1234");
        assertThat(enabled()).containsExactly(true, true, true);
        click("stored-older");
        awaitTold("Events 1000 to 1034 of 1000 to 1234");
        assertThat(shown()).isEqualTo(35L);
        assertThat(enabled()).containsExactly(false, true, true);
        click("stored-newer");
        awaitTold("Events 1035 to 1134");
        click("stored-newest");
        awaitTold("Events 1135 to 1234");

        assertThat(history.asked())
                .containsExactly(
                        "/events/news/history",
                        "/events/news/history?after=1034&limit=100",
                        "/events/news/history?after=999&limit=35",
                        "/events/news/history?after=1034",
                        "/events/news/history");
    }

    @Test
    void keepTheFocusOfTheKeyboardAtAnEnd() {
        history.stored(1100, 1234);
        browser.visit(history.page("news"));
        browser.element("stored-opener").sendKeys(Keys.ENTER);
        awaitTold("Events 1135 to 1234");
        browser.element("stored-older").sendKeys(Keys.ENTER);
        awaitTold("Events 1100 to 1134");

        assertThat(browser.run("return document.activeElement.id")).isEqualTo("storedList");
    }

    @Test
    void areReadAgainFromTheNewestWhereThePageBesideWasPurged() {
        openFor("news");
        awaitTold("Events 1135 to 1234");
        click("stored-older");
        awaitTold("Events 1035 to 1134");
        history.stored(1, 50);
        click("stored-newer");

        awaitTold("Events 1 to 50 of 1 to 50");
    }

    @Test
    void areReadAgainByShow() {
        openFor("news");
        awaitTold("Events 1135 to 1234");
        history.stored(1, 1300);
        click("stored-show");

        awaitTold("Events 1201 to 1300 of 1 to 1300");
    }

    @Test
    void ofAnotherChannelAreShownOnceItIsNamed() {
        openFor("new", "news");
        awaitTold("Nothing of new is stored yet.");
        name("news");
        awaitTold("Events 1135 to 1234");
        browser.element("stored-channel").sendKeys("x");

        assertThat(enabled()).containsOnly(false);
    }

    @ParameterizedTest
    @CsvSource({
        "new, empty, Nothing of new is stored yet.",
        "purged, empty, Nothing of purged is stored any more; its newest event was 42.",
        "live, not-stored, The channel live is not reliable",
        "nowhere, failed, Not loaded: 404: Not Found",
    })
    void sayWhyNothingIsShown(String channel, String state, String words) {
        openFor(channel);
        awaitState(state);

        assertThat(told()).isEqualTo(words);
        assertThat(browser.element("stored-token").isDisplayed()).isFalse();
        assertThat(browser.element("stored-again").isDisplayed()).isEqualTo(state.equals("failed"));
        assertThat(enabled()).containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "50%"})
    void areNotAskedForByANameThatDoesNotFitIntoAPath(String channel) {
        openFor("news");
        awaitState("shown");
        history.asked();
        name(channel);
        awaitTold("The stored events of " + channel + " cannot be shown");

        assertThat(history.asked()).isEmpty();
        assertThat(shown()).isEqualTo(0L);
    }

    @Test
    void waitForAChannelWhereThePageHasNone() {
        openFor();
        assertThat(told()).isEqualTo("Name a channel to see what is stored of it.");
        name("news");

        awaitState("shown");
    }

    @Test
    void areShownOnceTheTokenIsGiven() {
        openFor("guarded");
        awaitTold(
                "Only those who may publish to guarded may read what is stored of it: enter the publish token. (401: ");
        browser.element("stored-token").sendKeys(CannedHistory.TOKEN);
        assertThat(browser.element("publish-token").getDomProperty("value")).isEqualTo(CannedHistory.TOKEN);
        click("stored-token-button");

        awaitTold("Events 1 to 1 of 1 to 1");
    }

    @Test
    void areAskedForWithTheTokenOfThePublishForm() {
        browser.visit(history.page("guarded"));
        browser.element("publish-token").sendKeys(CannedHistory.TOKEN);
        click("stored-opener");

        awaitTold("Events 1 to 1 of 1 to 1");
    }

    @Test
    void sayWhoMayNotSeeThem() {
        openFor("others");
        awaitTold("Only those who may publish to others");

        assertThat(told()).endsWith("(403: The user ann may not publish to the channel others)");
        assertThat(browser.element("stored-token").isDisplayed()).isTrue();
    }

    @Test
    void areReadOnceTheStorageIsBack() {
        history.down(true);
        openFor("news");
        awaitTold("Not loaded: 503: The storage cannot be asked now; come back soon");
        history.down(false);
        browser.element("stored-again").sendKeys(Keys.ENTER);
        awaitTold("Events 1135 to 1234");

        assertThat(browser.element("stored-again").isDisplayed()).isFalse();
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("storedList");
    }

    @Test
    void goOnAtThePageThatCouldNotBeRead() {
        openFor("news");
        awaitTold("Events 1135 to 1234");
        history.down(true);
        click("stored-older");
        awaitTold("Not loaded: 503");
        history.down(false);
        click("stored-again");

        awaitTold("Events 1035 to 1134");
    }

    @Test
    void sayThatThereIsNoConnection() {
        openFor("news");
        awaitState("shown");
        history.close();
        click("stored-show");

        awaitTold("Not loaded: Failed to fetch");
        assertThat(browser.element("stored-again").isDisplayed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"light, 1200", "dark, 1200", "light, 400", "dark, 400"})
    void fitIntoTheWindowInBothColourSchemes(String scheme, int width) {
        openFor("news");
        awaitState("shown");
        Path file = Path.of(System.getProperty("eventstream.it.directory"), "stored-" + scheme + "-" + width + ".png");
        browser.screenshot(scheme, width, file);

        assertThat(file).isNotEmptyFile();
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        assertThat((Long) browser.run("return document.getElementById('storedList').clientHeight"))
                .isGreaterThan(100);
    }
}
