package dev.sluice.settings.file;

/**
 * A list that was written with nothing in it, {@code []}: it says that there is none,
 * where what is left empty says nothing. To Spring it is an empty text. Immutable.
 */
public record EmptyList() implements CharSequence {

	@Override
	public int length() {
		return 0;
	}

	@Override
	public char charAt(int index) {
		throw new StringIndexOutOfBoundsException(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return "".subSequence(start, end);
	}

	@Override
	public String toString() {
		return "";
	}

}
