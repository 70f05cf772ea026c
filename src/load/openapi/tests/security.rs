//! A01 to A08: security schemes.

use super::shows;

#[test]
fn a01_to_a07_every_kind_of_scheme() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        paths: {}
        components:
          securitySchemes:
            Key: {type: apiKey, in: cookie, name: sid, description: d}
            Bearer: {type: http, scheme: bearer, bearerFormat: JWT, deprecated: true}
            OAuth:
              type: oauth2
              oauth2MetadataUrl: https://m
              flows:
                authorizationCode: {authorizationUrl: /a, tokenUrl: /t, refreshUrl: /r, scopes: {read: R, write: W}}
                deviceAuthorization: {deviceAuthorizationUrl: /d, tokenUrl: /t, scopes: {}}
            Oidc: {type: openIdConnect, openIdConnectUrl: https://o}
            Tls: {type: mutualTLS}
            Alias: {$ref: '#/components/securitySchemes/Tls'}
            Odd: {type: oath2}
        ",
        "
        scheme Key apiKey Cookie sid description=d
        scheme Bearer http bearer JWT deprecated
        scheme OAuth oauth2 https://m authorizationCode(/a - /t /r; read=R, write=W) deviceAuthorization(- /d /t -; )
        scheme Oidc openIdConnect https://o
        scheme Tls mutualTLS
        scheme Alias mutualTLS
        scheme Odd other oath2 problem=`oath2` is no type of security scheme
        warning[wrong-type] api.yaml:17:17: `oath2` is no type of security scheme (did you mean `oauth2`?)
        ",
    );
}

#[test]
fn a03_wrong_flows_are_reported() {
    shows(
        "
        openapi: 3.0.0
        info: {title: t, version: '1'}
        paths: {}
        components:
          securitySchemes:
            A: {type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: {s: S}}
            B: {type: oauth2, flows: {authorisationCode: {scopes: {}}}}
            C: {type: http}
        ",
        "
        scheme A oauth2  authorizationCode(/a - /t -; s=S)
        scheme B oauth2  authorisationCode(- - - -; )
        warning[missing-field] api.yaml:8:8: an http security scheme needs the field `scheme` (add `scheme`)
        warning[unknown-field] api.yaml:6:23: `flow` belongs to Swagger 2.0 (write `flows: { authorizationCode: … }`)
        warning[unknown-field] api.yaml:7:31: `authorisationCode` is no OAuth flow (did you mean `authorizationCode`?)
        ",
    );
}

#[test]
fn o14_a_scheme_may_be_named_by_its_uri() {
    shows(
        "
        --- a.yaml
        openapi: 3.2.0
        info: {title: t, version: '1'}
        security: [{'#/components/securitySchemes/A': []}, {'b.yaml#/components/securitySchemes/B': []}]
        paths: {}
        components: {securitySchemes: {A: {type: mutualTLS}}}
        --- b.yaml
        components: {securitySchemes: {B: {type: http, scheme: basic}}}
        ",
        "
        scheme A mutualTLS
        scheme B http basic
        security [#/components/securitySchemes/A#0()] or [b.yaml#/components/securitySchemes/B#1()]
        ",
    );
}
