package dev.sluice.store.disk;

/**
 * A blob that is held, whole and once verified. Whoever has it releases its file.
 *
 * @param file the open file
 * @param length bytes
 */
public record StoredBlob(SharedFile file, long length) {
}
