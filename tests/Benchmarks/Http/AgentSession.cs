using System.Text.RegularExpressions;

namespace ServiceDesk.Benchmarks.Http;

/// <summary>A client of the pages: signed in with a cookie, as a browser is.</summary>
internal static partial class AgentSession
{
    public static async Task<HttpClient> OpenAsync(Site site)
    {
        var client = Clients.Of(site.Address);
        var form = await client.GetStringAsync("/sign-in");
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["email"] = Site.Email,
                ["password"] = Site.Password,
                ["__RequestVerificationToken"] = FormToken().Match(form).Groups["token"].Value,
            }
        );
        using var answer = await client.PostAsync("/sign-in", content);
        if (answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Signing in ended with {(int)answer.StatusCode}.");
        }

        return client;
    }

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FormToken();
}
