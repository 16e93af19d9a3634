using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>As whom and for what a run acts.</summary>
/// <param name="Script">The script's id; owner of what it stores.</param>
/// <param name="Viewer">The person whose rights it has.</param>
/// <param name="Language">The language of its sentences.</param>
/// <param name="KeyPrefix">What its commands' idempotency keys begin with, so that the same run again has its effects once; null where it cannot come again.</param>
/// <param name="Now">The instant of the run.</param>
/// <param name="IsTrial">Whether nothing is written.</param>
/// <param name="Hosts">The hosts that it may ask over HTTP.</param>
public sealed record ScriptActor(
    string Script,
    Viewer Viewer,
    string Language,
    string? KeyPrefix,
    Instant Now,
    bool IsTrial,
    ValueList<string> Hosts
)
{
    /// <summary>Who it is in the log.</summary>
    public Actor Actor => new(ActorKind.Script, Viewer.Person.Id, Script);
}
