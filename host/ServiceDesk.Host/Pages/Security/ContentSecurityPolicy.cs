using System.Security.Cryptography;

namespace ServiceDesk.Host.Pages.Security;

/// <summary>What a browser may load and run on our pages: only what carries the nonce of this response. Evaluated code, inline handlers and foreign hosts are out.</summary>
public static class ContentSecurityPolicy
{
    private static readonly object NonceKey = new();

    /// <summary>The nonce of this response, for script and style elements.</summary>
    public static string Nonce(this HttpContext context)
    {
        if (context.Items[NonceKey] is not string nonce)
        {
            nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Items[NonceKey] = nonce;
        }

        return nonce;
    }

    /// <summary>Writes the policy and its companions on every answer.</summary>
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(Write, context);
                return next(context);
            }
        );
        return app;
    }

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy =
                "default-src 'none'; "
                + $"script-src 'nonce-{context.Nonce()}'; style-src 'self' 'nonce-{context.Nonce()}'; "
                + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        }

        return Task.CompletedTask;
    }
}
