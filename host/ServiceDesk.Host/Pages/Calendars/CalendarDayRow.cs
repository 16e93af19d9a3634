namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>A line of the editor.</summary>
/// <param name="Kind"><c>holiday</c> or <c>exception</c>.</param>
/// <param name="Name">The name of its list.</param>
/// <param name="Number">Its place, from 0.</param>
/// <param name="Day">What is typed.</param>
/// <param name="Shape">Where the form is drawn anew.</param>
/// <param name="IsWrong">Whether something is wrong with it.</param>
public sealed record CalendarDayRow(string Kind, string Name, int Number, DraftDay Day, string Shape, bool IsWrong)
{
    /// <summary>The name of an input.</summary>
    public string Field(string part) => $"{Name}.{Number}.{part}";
}
