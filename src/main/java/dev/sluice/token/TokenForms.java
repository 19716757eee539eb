package dev.sluice.token;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.oci.QueryParameters;
import dev.sluice.transport.OutboundRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/**
 * The forms in which a token is asked for: the GET of the distribution spec's token
 * authentication, and the POST of its OAuth2 variant. A refresh token is never asked for
 * ({@code offline_token}, {@code access_type}).
 */
final class TokenForms {

	private static final String CLIENT_ID = "sluice";

	private TokenForms() {
	}

	static OutboundRequest anonymous(TokenRequest request) {
		return get(request, query(request), Authorization.NONE);
	}

	static OutboundRequest basic(TokenRequest request, String username, Secret password) {
		return get(request, query(request).add("account", username), Authorization.basic(username, password));
	}

	static OutboundRequest password(TokenRequest request, Credential.Basic credential) {
		return post(request,
				new QueryParameters().add("grant_type", "password")
					.add("username", credential.username())
					.add("password", credential.password().reveal()));
	}

	static OutboundRequest refreshToken(TokenRequest request, Credential.IdentityToken credential) {
		return post(request, new QueryParameters().add("grant_type", "refresh_token")
			.add("refresh_token", credential.token().reveal()));
	}

	private static QueryParameters query(TokenRequest request) {
		QueryParameters query = new QueryParameters().add("service", request.demand().service());
		request.demand().scope().parts().forEach((scope) -> query.add("scope", scope));
		return query;
	}

	private static OutboundRequest get(TokenRequest request, QueryParameters query, Authorization authorization) {
		return OutboundRequest.of(HttpMethod.GET, request.demand().realm().with(query.toString()),
				authorization.addedTo(headers()));
	}

	private static OutboundRequest post(TokenRequest request, QueryParameters form) {
		String scope = String.join(" ", request.demand().scope().parts());
		form.add("service", request.demand().service()).add("client_id", CLIENT_ID);
		if (!scope.isEmpty()) {
			form.add("scope", scope);
		}
		HttpHeaders headers = headers().set(HttpHeaderNames.CONTENT_TYPE,
				HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED);
		return new OutboundRequest(HttpMethod.POST, request.demand().realm(), headers, form.toString());
	}

	private static HttpHeaders headers() {
		return new DefaultHttpHeaders().set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON);
	}

}
