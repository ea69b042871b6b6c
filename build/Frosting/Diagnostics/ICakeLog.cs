namespace Cake.Core.Diagnostics;

/// <summary>A log.</summary>
public interface ICakeLog
{
    /// <summary>How much is printed.</summary>
    Verbosity Verbosity { get; set; }

    /// <summary>Writes a line, unless its verbosity is above the log's.</summary>
    /// <param name="verbosity">The verbosity from which on the line is printed.</param>
    /// <param name="level">How grave it is.</param>
    /// <param name="format">The text, with <c>{0}</c> or <c>{0:format}</c> for an argument and a doubled brace for a brace.</param>
    /// <param name="args">The arguments.</param>
    /// <exception cref="FormatException">The format has a placeholder of another form, or one without an argument.</exception>
    void Write(Verbosity verbosity, LogLevel level, string format, params object?[] args);
}
