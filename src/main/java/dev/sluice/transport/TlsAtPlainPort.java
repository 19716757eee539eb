package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Recognises a server that speaks TLS where it was asked by plain HTTP: it answers with
 * an alert (RFC 8446, 6), or with a 400 in plain HTTP that says so, which comes in one
 * piece. Looks at the first bytes of a connection, then leaves. Confined to the
 * connection's event loop.
 */
final class TlsAtPlainPort extends ChannelInboundHandlerAdapter {

	private static final int ALERT = 0x15;

	private static final int VERSION = 0x03;

	private static final int LOOKED_AT = 2048;

	/** Go's, nginx's, Apache's and Tomcat's. */
	private static final List<String> WORDS = List.of("Client sent an HTTP request to an HTTPS server",
			"The plain HTTP request was sent to HTTPS port", "speaking plain HTTP to an SSL-enabled server port",
			"This combination of host and port requires TLS");

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		context.pipeline().remove(this);
		if (message instanceof ByteBuf bytes && context.pipeline().get(SslHandler.class) == null && isTold(bytes)) {
			ReferenceCountUtil.release(message);
			context.fireExceptionCaught(new SpeaksTlsException());
			context.close();
			return;
		}
		context.fireChannelRead(message);
	}

	private static boolean isTold(ByteBuf bytes) {
		int start = bytes.readerIndex();
		int length = Math.min(bytes.readableBytes(), LOOKED_AT);
		if (length > 1 && bytes.getByte(start) == ALERT && bytes.getByte(start + 1) == VERSION) {
			return true;
		}
		String text = bytes.toString(start, length, StandardCharsets.ISO_8859_1);
		return text.startsWith("HTTP/1.") && text.startsWith(" 400", "HTTP/1.x".length())
				&& WORDS.stream().anyMatch(text::contains);
	}

	/** What answered speaks TLS. */
	static final class SpeaksTlsException extends IOException {

		SpeaksTlsException() {
			super("it speaks TLS");
		}

	}

}
