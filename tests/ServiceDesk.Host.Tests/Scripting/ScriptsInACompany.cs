using System.Net;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Runs real scripts on the whole product.</summary>
public abstract class ScriptsInACompany(SmallCompany company)
{
    protected SmallCompany Company { get; } = company;

    /// <summary>Opens a ticket of the customer's; its key.</summary>
    protected async Task<string> OpenAsync(string type)
    {
        var ticket = await Company
            .AsAgent.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type,
                    summary = $"A {type} for scripts",
                    requester = "kim.customer@example.com",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (string)ticket["key"]!;
    }

    /// <summary>What a script returns, as JSON.</summary>
    /// <param name="actor">As whom it runs; the agent unless somebody is named.</param>
    protected async Task<string?> RunAsync(string source, string? actor = null)
    {
        var script = ScriptHost.Script("modules", source) with { Actor = actor ?? Company.Agent.Email };
        var outcome = await Company.Get<IScriptRunner>().RunAsync(script, 0, new ScriptOccasion("test"));
        Assert.True(outcome.IsDone, outcome.Result.Error);
        return outcome.Result.Value?.GetRawText();
    }
}
