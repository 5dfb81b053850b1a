package io.eventstream.storage;

/** Where a sender's process is killed. */
enum CrashPoint {
    /** After the last statement of a storage transaction. */
    BEFORE_COMMIT,
    /** After the commit of a storage transaction, before anybody is told. */
    AFTER_COMMIT,
    /** Between two statements of a storage transaction. */
    BETWEEN_STATEMENTS,
    /** After a business transaction wrote its messages, before its commit. */
    BEFORE_BUSINESS_COMMIT,
    /** After the commit of a business transaction, before its messages get numbers. */
    BEFORE_NUMBERING,
    /** From outside, at any moment. */
    ANY_MOMENT
}
