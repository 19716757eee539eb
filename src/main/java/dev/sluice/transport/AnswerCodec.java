package dev.sluice.transport;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 as Netty's {@code HttpClientCodec} speaks it, for one request after another,
 * that knows whether any byte came for a request. A connection on which more arrives than
 * its answer is long is closed: the body of an answer to HEAD (RFC 9110, 9.3.2), or bytes
 * behind a body. Whoever used it next would take them for an answer. Confined to the
 * connection's event loop.
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

	private static final int LONGEST_STATUS_LINE = 4096;

	/** Of all headers together, bytes. */
	static final int LARGEST_HEADERS = 32 * 1024;

	/** Registries behind delivery networks send forty. */
	static final int MOST_HEADERS = 200;

	private FirstByte firstByte = new FirstByte(false);

	private @Nullable HttpMethod asked;

	private boolean hasServed;

	AnswerCodec() {
		init(new Decoder(), new Encoder());
	}

	/**
	 * Begins an exchange. To be called before its request is written.
	 * @return what is to be known of its answer's first byte
	 */
	FirstByte expectAnswer() {
		this.firstByte = new FirstByte(this.hasServed);
		return this.firstByte;
	}

	/** The answer is over: what comes from now on is nobody's. */
	void answered() {
		this.asked = null;
		this.hasServed = true;
	}

	/**
	 * Bodies come in the size they were read in: Netty's usual pieces of 8 KiB cost a
	 * write each. A length that is said twice and the same counts once (RFC 9112, 6.3),
	 * and a line may end with LF alone (2.2), as for the clients of the field.
	 */
	private static HttpDecoderConfig settings() {
		return new HttpDecoderConfig().setHeadersFactory(CountedHeaders.upTo(MOST_HEADERS))
			.setTrailersFactory(CountedHeaders.upTo(MOST_HEADERS))
			.setMaxInitialLineLength(LONGEST_STATUS_LINE)
			.setMaxHeaderSize(LARGEST_HEADERS)
			.setMaxChunkSize(ReadBudget.MOST)
			.setAllowDuplicateContentLengths(true)
			.setStrictLineParsing(false);
	}

	private final class Encoder extends HttpRequestEncoder {

		@Override
		protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
			if (message instanceof HttpRequest request) {
				AnswerCodec.this.asked = request.method();
			}
			super.encode(context, message, out);
		}

	}

	private final class Decoder extends HttpResponseDecoder {

		Decoder() {
			super(settings());
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			AnswerCodec.this.firstByte.come();
			super.channelRead(context, message);
		}

		/**
		 * Even a piece of bytes that nobody asked for would become part of the next
		 * answer.
		 */
		@Override
		protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
			if (AnswerCodec.this.asked == null) {
				bytes.skipBytes(bytes.readableBytes());
				context.close();
				return;
			}
			super.decode(context, bytes, out);
		}

		@Override
		protected boolean isContentAlwaysEmpty(HttpMessage message) {
			return HttpMethod.HEAD.equals(AnswerCodec.this.asked) || super.isContentAlwaysEmpty(message);
		}

	}

}
