package io.eventstream.conformance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files of wire vectors. */
final class VectorFile {

    private VectorFile() {}

    /** {@return the vectors in the file} */
    static List<Vector> read(Path file) {
        try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(vector -> !vector.getString("kind").equals("meta"))
                    .map(Vector::new)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("The wire vectors cannot be read: " + e, e);
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new AssertionError("Not a list of wire vectors: " + file + ": " + e.getMessage(), e);
        }
    }
}
