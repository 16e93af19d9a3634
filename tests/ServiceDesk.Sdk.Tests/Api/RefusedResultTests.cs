using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Tests.Api;

public sealed class RefusedResultTests
{
    [Theory]
    [InlineData(RefusalKind.Invalid, null, 400)]
    [InlineData(RefusalKind.Invalid, "summary", 422)]
    [InlineData(RefusalKind.Forbidden, null, 403)]
    [InlineData(RefusalKind.NotFound, null, 404)]
    [InlineData(RefusalKind.Conflict, null, 409)]
    [InlineData(RefusalKind.Stale, null, 412)]
    public void Each_kind_has_its_status(RefusalKind kind, string? field, int status) =>
        Assert.Equal(status, RefusedResult.StatusOf(new Refusal(kind, "a.b", [], field)));

    [Fact]
    public async Task A_no_is_a_problem_with_every_sentence()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<ITexts, Echo>().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = new MemoryStream();

        await new RefusedResult([
            Refusal.Invalid("acme.too-long", "summary", "255"),
            Refusal.Forbidden("acme.no"),
        ]).ExecuteAsync(context);

        context.Response.Body.Position = 0;
        var problem = (await JsonDocument.ParseAsync(context.Response.Body)).RootElement;
        Assert.Equal(422, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        Assert.Equal("acme.too-long(255)", problem.GetProperty("title").GetString());
        Assert.Equal("acme.too-long(255) acme.no()", problem.GetProperty("detail").GetString());
        Assert.Equal("acme.too-long", problem.GetProperty("code").GetString());
        Assert.Equal(
            ["/summary"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())
        );
    }

    private sealed class Echo : ITexts
    {
        public string this[string key] => key;

        public string Format(string key, params ReadOnlySpan<string> arguments) =>
            $"{key}({string.Join(',', arguments.ToArray())})";
    }
}
