package dev.sluice.transport;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/**
 * What is wrong with a server's certificate, and what to do about it.
 */
enum CertificateFault {

	/** Its time is over. */
	EXPIRED("certificate expired: the registry must renew it"),
	/** Its time hasn't come. */
	NOT_YET_VALID("certificate not valid yet: compare the clocks"),
	/** It is for another name. */
	OTHER_NAME("certificate is for another name: write its name in sluice.upstreams[].endpoints"),
	/** Nobody we trust signed it. */
	NOT_TRUSTED("certificate not trusted (unable to find a valid certification path): "
			+ "set sluice.upstreams[].tls.certificate-authority");

	private final String text;

	CertificateFault(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	/**
	 * Finds the fault.
	 * @param failure what the trust manager says
	 * @return the fault
	 */
	static CertificateFault of(CertificateException failure) {
		CertPathValidatorException path = FailureMessages.cause(failure, CertPathValidatorException.class);
		boolean outdated = path != null && path.getReason() == BasicReason.EXPIRED;
		if (outdated || FailureMessages.cause(failure, CertificateExpiredException.class) != null) {
			return EXPIRED;
		}
		if (FailureMessages.cause(failure, CertificateNotYetValidException.class) != null) {
			return NOT_YET_VALID;
		}
		String message = String.valueOf(failure.getMessage());
		return message.startsWith("No subject alternative") || message.startsWith("No name matching") ? OTHER_NAME
				: NOT_TRUSTED;
	}

}
