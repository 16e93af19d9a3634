using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Uses;

/// <summary>What the scripts of a transition find as <c>argument</c>: which way, what is given with it, and who wants it.</summary>
internal static class GuardArgument
{
    /// <summary>The argument.</summary>
    /// <param name="question">The transition and the command that would take it.</param>
    /// <param name="envelope">Who sends it; null where it is only looked at.</param>
    public static JsonElement Of(GuardQuestion question, CommandEnvelope? envelope) =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["transition"] = question.Transition.Id,
                ["to"] = question.Transition.To,
                ["resolution"] = question.Command?.Resolution ?? question.Transition.GivenResolution(),
                ["fields"] = Fields(question.Command),
                ["person"] = envelope?.Viewer?.Person.Email,
                ["language"] = envelope?.Viewer?.Person.Language ?? "en",
            }
        );

    private static JsonObject Fields(TransitionTicket? command)
    {
        var fields = new JsonObject();
        foreach (var (id, value) in command?.Fields ?? Sdk.Values.ValueMap<FieldValue?>.Empty)
        {
            fields[id] = value is null ? null : PlainFields.Write(value);
        }

        return fields;
    }
}
