using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>A holiday of a file.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Holiday">What was read.</param>
public sealed record ReadHoliday(int Line, Holiday Holiday);

/// <summary>A line of a file that is no holiday.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">What stands there, shortened.</param>
/// <param name="Code">The text key of the reason.</param>
/// <param name="Arguments">What fills the sentence's places.</param>
public sealed record BadLine(int Line, string Text, string Code, ValueList<string> Arguments);

/// <summary>What a file holds.</summary>
/// <param name="Holidays">In the order of the file.</param>
/// <param name="Bad">What could not be taken, and why.</param>
/// <param name="Refusal">The text key of why the whole file is none; null when it is one.</param>
public sealed record HolidayReading(
    IReadOnlyList<ReadHoliday> Holidays,
    IReadOnlyList<BadLine> Bad,
    string? Refusal = null
)
{
    /// <summary>A file that is refused as a whole.</summary>
    public static HolidayReading Refused(string code) => new([], [], code);
}
