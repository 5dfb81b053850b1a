package io.eventstream.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Finds keys below our prefix that mean nothing, as a slip of the finger leaves them. */
final class UnknownSettings {

    private static final String ENVIRONMENT_PREFIX = Settings.environmentName(Settings.PREFIX);

    private UnknownSettings() {}

    /** {@return a warning for each such key, which names the nearest key that there is} */
    static List<String> warnings(Config source) {
        return StreamSupport.stream(source.getPropertyNames().spliterator(), false)
                .filter(Predicate.not(UnknownSettings::isKnown))
                .filter(name -> Settings.missingPart(name).isEmpty())
                .filter(name -> name.startsWith(Settings.PREFIX) || name.startsWith(ENVIRONMENT_PREFIX))
                .sorted()
                .map(name -> "Unknown setting " + name + "; did you mean " + nearest(name) + "?")
                .toList();
    }

    private static boolean isKnown(String name) {
        return Settings.retentionPattern(name).isPresent()
                || Settings.ALL.stream()
                        .anyMatch(setting -> setting.key().equals(name)
                                || Settings.environmentName(setting.key()).equals(name)
                                || Settings.environmentName(setting.key())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '.')
                                        .equals(name));
    }

    private static String nearest(String name) {
        boolean fromEnvironment = name.startsWith(ENVIRONMENT_PREFIX);
        return Settings.ALL.stream()
                .map(setting -> fromEnvironment ? Settings.environmentName(setting.key()) : setting.key())
                .min(Comparator.comparingInt(key -> distance(key, name)))
                .orElseThrow();
    }

    /** Levenshtein: insertions, deletions and replacements from one to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
