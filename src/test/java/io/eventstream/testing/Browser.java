package io.eventstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium, as Debian's packages chromium and chromium-driver install it. One thread at a time. */
public final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; the test is skipped where it is not installed. */
    public static Browser open() {
        Assumptions.assumeTrue(
                Files.isExecutable(DRIVER), "No " + DRIVER + ": install the packages chromium and chromium-driver");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile());
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
        return new Browser(driver);
    }

    private static Path profile() {
        try {
            Path directory = Files.createDirectories(
                    Path.of(System.getProperty("eventstream.it.directory")).toAbsolutePath());
            return Files.createTempDirectory(directory, "browser-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes to a page. */
    public void visit(URI page) {
        driver.get(page.toString());
    }

    /** {@return what a script in the page returns} */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** {@return the element that the page offers to tests by that name} */
    public WebElement element(String testId) {
        return driver.findElement(By.cssSelector("[data-testid='" + testId + "']"));
    }

    /** {@return all such elements} */
    public List<WebElement> elements(String testId) {
        return driver.findElements(By.cssSelector("[data-testid='" + testId + "']"));
    }

    /** {@return what the browser complained about since it was asked last} */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::toString)
                .toList();
    }

    /** Saves what the page looks like in a colour scheme, light or dark. */
    public void screenshot(String scheme, Path file) {
        screenshot(scheme, 1200, file);
    }

    /** The same in a window of that width, in pixels. */
    public void screenshot(String scheme, int width, Path file) {
        // Not by the window's own size, since Chromium makes no window as narrow as a telephone's.
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
