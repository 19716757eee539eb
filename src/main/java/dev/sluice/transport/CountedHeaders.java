package dev.sluice.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * Headers as they are read, of so many lines at most. A line of three bytes becomes a
 * hundred in memory: a limit of their length alone bounds nothing. Confined to one
 * thread.
 */
public final class CountedHeaders extends DefaultHttpHeaders {

	private final int most;

	private int lines;

	private CountedHeaders(int most) {
		this.most = most;
	}

	/**
	 * Makes headers for a decoder, validated as Netty's own are.
	 * @param lines how many lines there may be; what reads another gets a
	 * {@link TooLongHttpHeaderException}
	 * @return the factory, thread-safe
	 */
	public static HttpHeadersFactory upTo(int lines) {
		return new HttpHeadersFactory() {

			@Override
			public HttpHeaders newHeaders() {
				return new CountedHeaders(lines);
			}

			@Override
			public HttpHeaders newEmptyHeaders() {
				return new CountedHeaders(lines);
			}

		};
	}

	@Override
	public HttpHeaders add(CharSequence name, Object value) {
		count();
		return super.add(name, value);
	}

	@Override
	public HttpHeaders add(String name, Object value) {
		count();
		return super.add(name, value);
	}

	/** Once: whoever answers what couldn't be read may still add to it. */
	private void count() {
		if (++this.lines == this.most + 1) {
			throw new TooLongHttpHeaderException("more than " + this.most + " header lines");
		}
	}

}
