using System.IO.Compression;
using System.Net;
using System.Text;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>An answer of the server, headers and all.</summary>
internal sealed record Answer(HttpStatusCode Status, string Head, string Body)
{
    /// <summary>The random words in it.</summary>
    public IReadOnlySet<string> Words => Canary.WordsIn($"{Head}\n{Body}");

    /// <summary>A reading request of somebody: with the token to the API, with the session elsewhere.</summary>
    public static Task<Answer> OfAsync(Member member, RouteCall call) =>
        OfAsync(call.IsApi ? member.Api.GetAsync(call.Address) : member.Pages.GetAsync(call.Address));

    public static async Task<Answer> OfAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var head = string.Join(
            '\n',
            response
                .Headers.Concat(response.Content.Headers)
                .SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}"))
        );
        return new Answer(response.StatusCode, head, TextOf(await response.Content.ReadAsByteArrayAsync()));
    }

    // The words of a workbook lie in packed parts.
    private static string TextOf(byte[] body)
    {
        if (!body.AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(body);
        }

        using var book = new ZipArchive(new MemoryStream(body));
        return string.Join('\n', book.Entries.Select(Read));

        static string Read(ZipArchiveEntry part)
        {
            using var reader = new StreamReader(part.Open());
            return reader.ReadToEnd();
        }
    }

    /// <summary>What this answer must not have been.</summary>
    /// <param name="member">Who asked; null for nobody signed in.</param>
    public IEnumerable<string> Violations(IsolationWorld world, string who, Member? member, RouteCall call)
    {
        if ((int)Status >= 500 && !call.Route.StartsWith("/error/", StringComparison.Ordinal))
        {
            yield return $"{call.Method} {call.Route} answers {who} {(int)Status} to {call.Address}";
        }

        foreach (var word in Words.Except(Canary.WordsIn(call.Address)))
        {
            var canary = world.Canaries[word];
            if (member is null || !canary.MaySee(member))
            {
                yield return $"{call.Method} {call.Route} shows {who} {canary.What}: {call.Address} answers {(int)Status}";
            }
        }
    }
}
