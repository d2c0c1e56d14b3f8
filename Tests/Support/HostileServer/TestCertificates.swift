/// Certificates for loopback servers of tests, made with `openssl`; the keys guard nothing.
package enum TestCertificates {
    /// The authority that signed all but the self-signed one.
    package static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBqDCCAU+gAwIBAgIUGDxhNOs6BcKfOrmrFfbpelFMg4swCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWSG9zdGlsZSBUZXN0IEF1dGhvcml0eTAgFw0yNjExMjEwODA4
        MzNaGA8yMTI2MTAyODA4MDgzM1owITEfMB0GA1UEAwwWSG9zdGlsZSBUZXN0IEF1
        dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGLHW/awHeVO3jAKBmg0
        FwN2IJ+n/pZzabOtbYubkku1Nibiv+Q1aZc8Rd8B3ss8D/7ZsG8MvtV4PFSOpO3l
        TWWjYzBhMB0GA1UdDgQWBBQ95WIujItCD8/7GBLKzt18tgr56zAfBgNVHSMEGDAW
        gBQ95WIujItCD8/7GBLKzt18tgr56zAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB
        /wQEAwICBDAKBggqhkjOPQQDAgNHADBEAiB7RGZ4wUjzRx7fifI5dt6pn8HqeTN6
        IrESfSpWSOI3dgIgJ41q+6sgjoGXejvka3Qy2YXlrXfIVYzX7KK3HJ3w46I=
        -----END CERTIFICATE-----
        """

    /// The private key of every server certificate here.
    package static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIKzTvbZqokuiZUoaIoOyGWk6J1EwlNDxX8nEhJlRLz/hoAoGCCqGSM49
        AwEHoUQDQgAEw70WB8o0kuXWMGK7Rk5Oea4VZnF5i9Xm/Mtye2PAxrXiFvQ9b89v
        aeUt6/C0NkM/be0BcY+tmm9sgwWtxMyQoA==
        -----END EC PRIVATE KEY-----
        """

    /// For `localhost` and `acme.test`, good until 2120.
    package static let good = """
        -----BEGIN CERTIFICATE-----
        MIIBrDCCAVOgAwIBAgIIEwxppTeR4NcwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwW
        SG9zdGlsZSBUZXN0IEF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEw
        MTAwMDAwMFowDzENMAsGA1UEAwwEZ29vZDBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABMO9FgfKNJLl1jBiu0ZOTnmuFWZxeYvV5vzLcntjwMa14hb0PW/Pb2nlLevw
        tDZDP23tAXGPrZpvbIMFrcTMkKCjgYQwgYEwHwYDVR0RBBgwFoIJbG9jYWxob3N0
        gglhY21lLnRlc3QwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAdBgNV
        HQ4EFgQUwrL/y7eljOe0QcaDOfCvAXSt9ZMwHwYDVR0jBBgwFoAUPeViLoyLQg/P
        +xgSys7dfLYK+eswCgYIKoZIzj0EAwIDRwAwRAIgGVTS7t/EMIlobfmMAYccEKfL
        emfX5+ijjGQUTRpt+OUCIH6vS5C2MYjF/33EyAS+YGHWRR7w7L1EwjlM9EQIJlgD
        -----END CERTIFICATE-----
        """

    /// For `localhost` and `acme.test`, expired on 3 February 2021.
    package static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIBrTCCAVSgAwIBAgIIFo4NbR7jATgwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwW
        SG9zdGlsZSBUZXN0IEF1dGhvcml0eTAeFw0yMDAxMDEwMDAwMDBaFw0yMTAyMDMw
        MDAwMDBaMBIxEDAOBgNVBAMMB2V4cGlyZWQwWTATBgcqhkjOPQIBBggqhkjOPQMB
        BwNCAATDvRYHyjSS5dYwYrtGTk55rhVmcXmL1eb8y3J7Y8DGteIW9D1vz29p5S3r
        8LQ2Qz9t7QFxj62ab2yDBa3EzJCgo4GEMIGBMB8GA1UdEQQYMBaCCWxvY2FsaG9z
        dIIJYWNtZS50ZXN0MAkGA1UdEwQCMAAwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYD
        VR0OBBYEFMKy/8u3pYzntEHGgznwrwF0rfWTMB8GA1UdIwQYMBaAFD3lYi6Mi0IP
        z/sYEsrO3Xy2CvnrMAoGCCqGSM49BAMCA0cAMEQCIBhCnBDv4bamDwWBgPXLG9pc
        /q6Lp2U6nvMlYoos/ZmmAiBE6z7sPAp5HFkF2VrujqJbTKHyyLoMNFPbl2VPZu0C
        YQ==
        -----END CERTIFICATE-----
        """

    /// For `localhost`, good from 2100 on.
    package static let early = """
        -----BEGIN CERTIFICATE-----
        MIIBpTCCAUqgAwIBAgIJAJWUXH8whZ49MAoGCCqGSM49BAMCMCExHzAdBgNVBAMM
        Fkhvc3RpbGUgVGVzdCBBdXRob3JpdHkwIhgPMjEwMDAxMDEwMDAwMDBaGA8yMTIw
        MDEwMTAwMDAwMFowEDEOMAwGA1UEAwwFZWFybHkwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATDvRYHyjSS5dYwYrtGTk55rhVmcXmL1eb8y3J7Y8DGteIW9D1vz29p
        5S3r8LQ2Qz9t7QFxj62ab2yDBa3EzJCgo3gwdjAUBgNVHREEDTALgglsb2NhbGhv
        c3QwCQYDVR0TBAIwADATBgNVHSUEDDAKBggrBgEFBQcDATAdBgNVHQ4EFgQUwrL/
        y7eljOe0QcaDOfCvAXSt9ZMwHwYDVR0jBBgwFoAUPeViLoyLQg/P+xgSys7dfLYK
        +eswCgYIKoZIzj0EAwIDSQAwRgIhAO2gU5e88f7rNOaiGq3cIa6FSVhe+5E2yn6g
        57JHyLpPAiEA9sfkec/E+rMoojWspTHvPg1WRiz9Sj+eAfOXSX/xlyA=
        -----END CERTIFICATE-----
        """

    /// For `other.test`.
    package static let otherName = """
        -----BEGIN CERTIFICATE-----
        MIIBozCCAUmgAwIBAgIJANohJpy3SXavMAoGCCqGSM49BAMCMCExHzAdBgNVBAMM
        Fkhvc3RpbGUgVGVzdCBBdXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAx
        MDEwMDAwMDBaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEw70WB8o0kuXWMGK7Rk5Oea4VZnF5i9Xm/Mtye2PAxrXiFvQ9b89vaeUt
        6/C0NkM/be0BcY+tmm9sgwWtxMyQoKN5MHcwFQYDVR0RBA4wDIIKb3RoZXIudGVz
        dDAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBTCsv/L
        t6WM57RBxoM58K8BdK31kzAfBgNVHSMEGDAWgBQ95WIujItCD8/7GBLKzt18tgr5
        6zAKBggqhkjOPQQDAgNIADBFAiEAmP0zqkpxf9Rp7QD93YqKcHbZ9NSizRv0nBVh
        Fa2MDygCIEvBqJ1MSmxeu1wVs+mRJQQv6SsRPqJtkJYWiu9MtYYi
        -----END CERTIFICATE-----
        """

    /// For `localhost`, signed by itself.
    package static let selfSigned = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUQH8eixwHMKZzi+OHOCYLllrvouQwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA4MDgzNFoYDzIxMjYxMDI4
        MDgwODM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATDvRYHyjSS5dYwYrtGTk55rhVmcXmL1eb8y3J7Y8DGteIW9D1vz29p
        5S3r8LQ2Qz9t7QFxj62ab2yDBa3EzJCgo2kwZzAdBgNVHQ4EFgQUwrL/y7eljOe0
        QcaDOfCvAXSt9ZMwHwYDVR0jBBgwFoAUwrL/y7eljOe0QcaDOfCvAXSt9ZMwDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SAAwRQIgFJYkmA0E2hCpvqqUpU6Em1YNLpkmchoa0EeliaxO5GMCIQDoqCSB0uQ2
        hsPznO63jrLBuQx+mk9FS8cHCLdl85wtoA==
        -----END CERTIFICATE-----
        """
}
