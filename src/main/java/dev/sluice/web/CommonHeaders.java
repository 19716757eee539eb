package dev.sluice.web;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Gives every answer what all have, whoever makes it: when it was made (RFC 9110, 6.6.1),
 * and that no browser is to take it for anything but what its type says. Thread-safe.
 */
@Sharable
final class CommonHeaders extends ChannelOutboundHandlerAdapter {

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final Clock clock = Clock.systemUTC();

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			response.headers().set("X-Content-Type-Options", "nosniff");
			if (response.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
				// Reactor Netty writes framing headers even where there is no body (RFC
				// 9110, 8.6)
				response.headers().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
			}
			response.headers().set(HttpHeaderNames.DATE, DATE.format(this.clock.instant()));
		}
		context.write(message, promise);
	}

}
