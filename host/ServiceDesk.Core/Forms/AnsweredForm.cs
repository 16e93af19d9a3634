using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Forms;

/// <summary>A form with answers: which questions were asked, and so which answers are taken.</summary>
/// <param name="type">The request type.</param>
/// <param name="answers">The answer of a field; null for none.</param>
/// <param name="isFilled">Whether somebody fills it; what is brought from elsewhere answers no questions.</param>
public sealed class AnsweredForm(RequestTypeDocument type, Func<string, FieldValue?> answers, bool isFilled = true)
{
    /// <summary>The places that are asked for, in order.</summary>
    public IReadOnlyList<FormField> Asked { get; } =
        isFilled ? FormLogic.Asked(type, answers) : [.. FormLogic.InOrder(type)];

    /// <summary>Whether the form has the place, asked for or not.</summary>
    public bool Has(string place) => type.Form.Any(one => one.Field == place);

    /// <summary>Whether an answer for the place is taken: it is asked for, or the form leaves it to others.</summary>
    public bool Takes(string place) => !Has(place) || Asked.Any(one => one.Field == place);
}
