package io.eventstream.storage;

/**
 * Column definitions that mean the same on each database: what stands in comments that begin with {@code /*M!} only
 * MariaDB reads, what stands in those with {@code /*!80017} only MySQL. Without it a generated schema would compare names
 * of channels without regard to case and to blanks at their end there, and cut data at 64 KiB.
 */
final class Columns {

    private static final String BINARY = " /*M! CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin */"
            + " /*!80017 CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin */";

    /** Compared byte by byte. */
    static final String NAME = "VARCHAR(255)" + BINARY;

    /** Not null here, since EclipseLink takes a definition as all there is to say. */
    static final String NAME_NOT_NULL = NAME + " NOT NULL";

    /** As long as it may be: LONGTEXT where TEXT alone is short. No large object that is stored elsewhere. */
    static final String TEXT_NOT_NULL = "TEXT /*! (1000000000) */" + BINARY + " NOT NULL";

    private Columns() {}
}
