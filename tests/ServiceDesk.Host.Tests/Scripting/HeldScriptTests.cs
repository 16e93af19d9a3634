using System.Net;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts that are held at their limit are no concern of the server.</summary>
public sealed class HeldScriptTests(SmallCompany company) : ScriptsInACompany(company), IClassFixture<SmallCompany>
{
    private const int AtOnce = 3;

    [Fact]
    public async Task Scripts_at_their_limit_hold_up_no_page_no_command_and_no_script_after_them()
    {
        var runner = Company.Get<IScriptRunner>();
        var agent = BrowserSession.Of(Company);
        await agent.SignInAsync(Company.Agent.Email);
        var endless = ScriptHost.Script(
            "endless",
            "while (true) { /(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'); }"
        ) with
        {
            Actor = Company.Agent.Email,
        };
        var held = Enumerable
            .Range(0, AtOnce)
            .Select(_ => Task.Run(() => runner.RunAsync(endless, 0, new ScriptOccasion("test"))))
            .ToList();

        var key = await OpenAsync("incident");
        using var page = await agent.GetAsync($"/workspace/tickets/{key}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Company
            .AsAgent.PostAsync($"/api/v1/tickets/{key}/comments", new { body = "Written meanwhile" })
            .OkAsync(HttpStatusCode.Created);
        Assert.Contains(held, one => !one.IsCompleted);

        Assert.All(await Task.WhenAll(held), outcome => Assert.Equal(ScriptEnd.Time, outcome.Result.End));
        Assert.Equal("2", await RunAsync("return 1 + 1;"));
    }
}
