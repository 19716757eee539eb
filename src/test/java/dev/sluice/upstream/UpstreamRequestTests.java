package dev.sluice.upstream;

import java.util.List;
import java.util.Optional;

import dev.sluice.oci.Digest;
import dev.sluice.oci.Reference;
import dev.sluice.oci.RepositoryName;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as a request for a blob.
 */
class UpstreamRequestTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[0]);

	private final RepositoryName repository = new RepositoryName("acme/blobs/app/blobs");

	@Test
	void isForABlobByItsEndpointWhateverTheRepositoryIsCalled() {
		assertThat(UpstreamRequest.blob(HttpMethod.GET, this.repository, DIGEST, Optional.empty()).isBlob()).isTrue();
		assertThat(UpstreamRequest.manifest(HttpMethod.GET, this.repository, Reference.parse("1"), List.of()).isBlob())
			.isFalse();
		assertThat(UpstreamRequest.tags(HttpMethod.GET, this.repository, "last=/blobs/1").isBlob()).isFalse();
		assertThat(UpstreamRequest.referrers(HttpMethod.GET, this.repository, DIGEST, "").isBlob()).isFalse();
	}

}
