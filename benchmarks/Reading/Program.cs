// Runs the benchmarks of reading: dotnet run -c Release --project benchmarks/Reading. "-- --job short" takes a minute
// and is coarse.
using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ChatKit.Benchmarks.Reading;

IConfig config = DefaultConfig.Instance
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"))
    .HideColumns(Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
Summary summary = BenchmarkRunner.Run<ReadingBenchmarks>(config, args);
return summary.Reports.Any() && summary.Reports.All(report => report.Success) ? 0 : 1;
